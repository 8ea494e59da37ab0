import { SuperOfficeError } from '../../../superoffice';

/** The SuperOfficeError that a piece of work ends in; fails the test if it ends otherwise. */
export async function superOfficeErrorOf(work: () => unknown): Promise<SuperOfficeError> {
	try {
		await work();
	} catch (error) {
		if (error instanceof SuperOfficeError) return error;
		throw error;
	}
	throw new Error('It was expected to fail, and did not.');
}
