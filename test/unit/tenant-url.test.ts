import { tenantAt, withTenantHost } from '../../superoffice';

describe('the tenant in an address', () => {
	test.each([
		['sod.superoffice.com', 'sod'],
		['sod2.superoffice.com', 'sod'],
		['app-sod.superoffice.com', 'sod'],
		['qaonline.superoffice.com', 'qaonline'],
		['app-stage.superoffice.com', 'qaonline'],
		['online.superoffice.com', 'online'],
		['online3.superoffice.com', 'online'],
		['app.superoffice.com', 'online'],
		['www.superoffice.com', 'online'],
	])('on %s is in the environment %s', (host, environment) => {
		expect(tenantAt(`https://${host}/cust12345/api/v1/Contact/1?a=b`)).toEqual({
			environment,
			contextIdentifier: 'Cust12345',
			path: '/v1/Contact/1?a=b',
		});
	});

	test('is none where the path is not that of a web API', () => {
		expect(tenantAt('https://app-sod.superoffice.com/Cust12345/default.aspx')).toBeUndefined();
		expect(tenantAt('https://app-sod.superoffice.com/Cust1/api/%2e%2e/x')).toBeUndefined();
	});

	test.each([
		['app-sod', 'sod', 'https://sod9.superoffice.com/Cust12345/api/v1/Contact'],
		['app-sod', 'online', 'https://app-sod.superoffice.com/Cust12345/api/v1/Contact'],
		['app-stage', 'qaonline', 'https://sod9.superoffice.com/Cust12345/api/v1/Contact'],
		['app-stage', 'online', 'https://app-stage.superoffice.com/Cust12345/api/v1/Contact'],
	] as const)('on %s is taken for one of %s only if it is', (host, environment, expected) => {
		const tenant = {
			environment,
			contextIdentifier: 'Cust12345',
			webApiUrl: 'https://sod9.superoffice.com/Cust12345/api',
		};
		const address = `https://${host}.superoffice.com/Cust12345/api/v1/Contact`;
		expect(withTenantHost(address, tenant)).toBe(expected);
	});
});
