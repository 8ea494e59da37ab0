import { SuperOfficeError } from '../errors';
import { equalsAny, joinFilters } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity, MemberLink } from './entity';
import { existingRecords, noSuchRecords } from './existing-records';
import { companiesOfPersons, companyOf } from './persons';
import { mayExist } from './records';

/** Records that are looked for in one query. */
const mostInOneQuery = 100;

/** Who belongs to what. */
export interface Member {
	ownerId: number;
	type: 'company' | 'person';
	id: number;
}

/** What a new member is, and why. */
export interface Membership {
	/** Of an item of the role's list; 0 for none. */
	roleId?: number;
	comment?: string;
}

/**
 * Who belongs to records of a kind: the members of projects, the stakeholders of sales. Each is a record of its own in
 * SuperOffice, which does not mind having it twice: so all are looked for first, many in one query, and whoever is one
 * already is not added again.
 */
export class Members {
	private readonly known = new Map<string, Promise<number[]>>();

	private companies = new Map<number, number>();

	private owners?: Map<number, ArchiveRow>;

	/** @param owner what they belong to, with the link that they belong to it by */
	private constructor(
		private readonly session: CrmSession,
		private readonly owner: Entity,
		private readonly link: MemberLink,
	) {}

	/** @param toAdd whether they are going to be added, for which more has to be known of them */
	static async load(
		session: CrmSession,
		owner: Entity,
		wanted: readonly Member[],
		{ toAdd }: { toAdd: boolean },
	): Promise<Members> {
		const members = new Members(session, owner, owner.members!);
		await members.find(wanted);
		if (toAdd) await members.prepare(wanted);
		return members;
	}

	/**
	 * @returns the id of the record that makes it one, and whether it is new
	 * @throws SuperOfficeError, which says so if it may exist all the same
	 */
	async add(member: Member, membership: Membership): Promise<{ id: number; added: boolean }> {
		const adding = this.idsOf(member).then(async ([first]) =>
			first === undefined
				? { id: await this.create(member, membership), added: true }
				: { id: first, added: false },
		);
		this.set(
			member,
			adding.then(({ id }) => [id], noneIfRefused),
		);
		return await adding;
	}

	/** Returns whether it was one. */
	async remove(member: Member): Promise<boolean> {
		const removing = this.idsOf(member).then(async (ids) => {
			for (const id of ids) {
				const path = `/v1/${this.link.name}/${id}`;
				await this.session.call({ method: 'DELETE', path }).catch(ignoreGone);
			}
			return ids.length > 0;
		});
		this.set(
			member,
			removing.then(() => []),
		);
		return await removing;
	}

	private async idsOf(member: Member): Promise<number[]> {
		return await (this.known.get(keyOf(member)) ?? []);
	}

	private set(member: Member, ids: Promise<number[]>): void {
		// Whoever wants the member next is told if it may be there all the same; nobody has to.
		ids.catch(() => undefined);
		this.known.set(keyOf(member), ids);
	}

	private async find(wanted: readonly Member[]): Promise<void> {
		const { session } = this;
		const { provider, primaryKey, entities, owner, person, company } = this.link.archive;
		const ids = [...new Set(wanted.map(({ ownerId }) => ownerId))];
		const found = new Map<string, number[]>();
		for (let start = 0; start < ids.length; start += mostInOneQuery) {
			const owners = ids.slice(start, start + mostInOneQuery);
			const some = wanted.filter(({ ownerId }) => owners.includes(ownerId));
			const among = (column: string, type: Member['type']) => {
				const own = some.filter((member) => member.type === type).map(({ id }) => id);
				const values = [...new Set(own)];
				return values.length === 0 ? '' : equalsAny({ name: column, type: 'int' }, values, session);
			};
			const filter = joinFilters(
				[
					equalsAny({ name: owner, type: 'int' }, owners, session),
					joinFilters([among(person, 'person'), among(company, 'company')], 'or'),
				],
				'and',
			);
			const columns = [owner, person, company];
			const query = { provider, primaryKey, entities, columns, filter };
			for await (const row of archiveRows(session, query)) {
				const key = keyOf(this.memberIn(row));
				found.set(key, [...(found.get(key) ?? []), Number(row[primaryKey])]);
			}
		}
		for (const [key, own] of found) this.known.set(key, Promise.resolve(own));
	}

	private memberIn(row: ArchiveRow): Member {
		const { owner, person, company } = this.link.archive;
		const personId = Number(row[person] ?? 0);
		return {
			ownerId: Number(row[owner]),
			type: personId > 0 ? 'person' : 'company',
			id: personId > 0 ? personId : Number(row[company]),
		};
	}

	private async prepare(wanted: readonly Member[]): Promise<void> {
		const { takesCompanies, enabledColumn } = this.link;
		const persons = wanted.filter(({ type }) => type === 'person').map(({ id }) => id);
		if (takesCompanies) this.companies = await companiesOfPersons(this.session, persons);
		if (enabledColumn === undefined) return;
		const ids = wanted.map(({ ownerId }) => ownerId);
		this.owners = await existingRecords(this.session, this.owner, ids, [enabledColumn]);
	}

	private async create(member: Member, { roleId, comment }: Membership): Promise<number> {
		const { session, link } = this;
		this.requireEnabled(member.ownerId);
		const body = {
			[link.ownerKey]: member.ownerId,
			...this.idsIn(member),
			...(roleId === undefined ? {} : { [link.role.id]: roleId }),
			...(comment === undefined ? {} : { Comment: comment }),
		};
		const created = await session
			.callForObject({ method: 'POST', path: `/v1/${link.name}`, body })
			.catch((error: unknown) => {
				const cure = 'Run this again: whoever is one already is not added a second time.';
				throw mayExist(link, error, cure);
			});
		return Number(created[link.idKey]);
	}

	/** A person is told with its company where a company alone could be meant as well. */
	private idsIn({ type, id }: Member): Record<string, number> {
		if (type === 'company') return { ContactId: id };
		if (!this.link.takesCompanies) return { PersonId: id };
		return { PersonId: id, ContactId: companyOf(this.companies, id) };
	}

	private requireEnabled(ownerId: number): void {
		const { enabledColumn = '' } = this.link;
		if (this.owners === undefined) return;
		const row = this.owners.get(ownerId);
		if (row === undefined) throw noSuchRecords(this.owner, [ownerId]);
		if (row[enabledColumn] !== false) return;
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`The ${this.owner.label} with the ID ${ownerId} is of a type that has no stakeholders.`,
			'Choose another sale type, or have an administrator of SuperOffice turn stakeholders on for this one.',
		);
	}
}

/** What SuperOffice has turned down is not there, and it may take another role or comment. */
function noneIfRefused(error: unknown): number[] {
	if (error instanceof SuperOfficeError && !error.outcomeUnknown) return [];
	throw error;
}

/** What is to be removed may have been removed meanwhile. */
function ignoreGone(error: unknown): void {
	if (!(error instanceof SuperOfficeError) || error.httpStatus !== 404) throw error;
}

function keyOf({ ownerId, type, id }: Member): string {
	return `${ownerId} ${type} ${id}`;
}

/** Those that belong to a record, page by page. */
export async function* membersOf(
	session: CrmSession,
	link: MemberLink,
	ownerId: number,
	{ columns, limit }: { columns?: readonly string[]; limit?: number },
): AsyncGenerator<ArchiveRow> {
	const { provider, primaryKey, entities, owner, columns: usual } = link.archive;
	const filter = equalsAny({ name: owner, type: 'int' }, [ownerId], session);
	const chosen = columns ?? usual;
	yield* archiveRows(session, { provider, primaryKey, entities, columns: chosen, filter, limit });
}
