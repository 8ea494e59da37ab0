import { randomBytes } from 'node:crypto';
import { generateRsaKeyPair, toRsaXml } from './rsa-keys';

/** The partner's application, registered with the same secret and key in all environments. */
export interface Application {
	name: string;
	clientSecret: string;
	/** PKCS#8 */
	privateKeyPem: string;
	/** RSAXML, as SuperOffice's Developer Portal hands it out */
	privateKeyXml: string;
	/** SPKI */
	publicKeyPem: string;
}

export async function createApplication(): Promise<Application> {
	const { privateKey, privateKeyPem, publicKeyPem } = await generateRsaKeyPair();
	return {
		name: 'Workflow Automation',
		clientSecret: randomBytes(16).toString('hex'),
		privateKeyPem,
		privateKeyXml: toRsaXml(privateKey),
		publicKeyPem,
	};
}
