import { readRefusal, refusalHint } from '../../superoffice/exchange/refusals';

const wrongKey = /^Private Key does not belong/;
const revoked = /has withdrawn the application’s access/;
const unknown = /must all belong to one application/;

describe('the hint for a refusal', () => {
	test.each([
		['Revoked', revoked],
		['AuthorizeErrorCode: 1', revoked],
		['Error code 1', revoked],
		['1', revoked],
		['InvalidRedirectUrl', /redirect URLs/],
		['2', /redirect URLs/],
		['The approval has expired', /approval has expired/],
		['3', /approval has expired/],
		['Access denied for this customer', /server to server/],
		['4', /server to server/],
		['NeedsReapproval', /has changed since/],
		['Needs re-approval', /has changed since/],
		['5', /has changed since/],
		['InvalidTimestamp', /clock/],
		['The time stamp of the signature has expired', /clock/],
		['Reason 6', /clock/],
		['INVALIDSIGNATURE', wrongKey],
		['The signature could not be verified', wrongKey],
		['error: 7', wrongKey],
		['', unknown],
		['Something else', unknown],
		['Unknown tenant Cust1 in data center 6', unknown],
		['Error 42', unknown],
	])('%s', (words, hint) => expect(refusalHint(readRefusal(words))).toMatch(hint));

	test.each([
		['InvalidTimestamp', true],
		['6', true],
		['Denied at 6 o’clock', false],
		['InvalidSignature', false],
	])('whether “%s” is about the time: %s', (words, expected) =>
		expect(readRefusal(words) === 'InvalidTimestamp').toBe(expected),
	);
});
