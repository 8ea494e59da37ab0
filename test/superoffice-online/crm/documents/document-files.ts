/** Who may change the content of a document that is checked out. */
export interface Checkout {
	associateId: number;
	name: string;
}

/** The contents of documents, and who has checked them out, by the documents' ids. */
export class DocumentFiles {
	readonly contents = new Map<number, Buffer>();
	readonly checkouts = new Map<number, Checkout>();
}
