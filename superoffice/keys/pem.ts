/** One block of PEM text: its label, like `PRIVATE KEY`, and what stands in it. */
export interface PemBlock {
	label: string;
	/** `undefined` if what stands between the lines is not whole base64. */
	der?: Buffer;
	/** How the block is encrypted, by its headers, in the old way of OpenSSL: as `DEK-Info` says it. */
	dekInfo?: string;
}

/** The PEM blocks of a text, and whether there is a block in it that begins and does not end. */
export interface PemText {
	blocks: PemBlock[];
	isCutOff: boolean;
}

const lines = /-----(BEGIN|END) ([A-Z0-9 ]+)-----/g;

const separator = String.raw`(?:\\[rn]|\s)*`;

/** `Proc-Type: 4,ENCRYPTED` and `DEK-Info: CIPHER,IV`, the initialization vector being 8 or 16 bytes long, by the cipher. */
const encryptionHeaders = new RegExp(
	`^${separator}Proc-Type:\\s*4,\\s*ENCRYPTED${separator}DEK-Info:\\s*(DES-[A-Z0-9-]+,[0-9A-F]{16}|[A-Z0-9-]+,[0-9A-F]{32})`,
	'i',
);

/**
 * Reads PEM text, however its line breaks came through: as they were, as CRLF, spaces, a literal `\n`, or not at
 * all; with text, quotes or a byte order mark around.
 */
export function readPem(text: string): PemText {
	const blocks: PemBlock[] = [];
	let start: { label: string; index: number } | undefined;
	for (const { 0: line, 1: kind, 2: label = '', index } of text.matchAll(lines)) {
		if (kind === 'BEGIN') {
			start = { label, index: index + line.length };
		} else if (start?.label === label) {
			blocks.push(readBlock(label, text.slice(start.index, index)));
			start = undefined;
		}
	}
	const beginnings = text.match(/-----BEGIN/g) ?? [];
	return { blocks, isCutOff: beginnings.length > blocks.length };
}

function readBlock(label: string, body: string): PemBlock {
	const [headers = '', dekInfo] = encryptionHeaders.exec(body) ?? [];
	return { label, der: readBase64(body.slice(headers.length)), dekInfo };
}

/** PEM text in its usual form, as OpenSSL writes it. */
export function writePem({ label, der, dekInfo }: PemBlock): string {
	const headers =
		dekInfo === undefined ? [] : ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${dekInfo}`, ''];
	const base64Lines = der?.toString('base64').match(/.{1,64}/g) ?? [];
	return [
		`-----BEGIN ${label}-----`,
		...headers,
		...base64Lines,
		`-----END ${label}-----`,
		'',
	].join('\n');
}

function readBase64(body: string): Buffer | undefined {
	const base64 = body.replace(/\\[rn]|\s/g, '');
	return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}
