import { SuperOfficeError } from '../../../superoffice';

/** The SuperOfficeError that some work throws; fails the test on any other outcome. */
export async function superOfficeErrorOf(work: () => unknown): Promise<SuperOfficeError> {
	try {
		await work();
	} catch (error) {
		if (error instanceof SuperOfficeError) return error;
		throw error;
	}
	throw new Error('It was expected to fail, and did not.');
}
