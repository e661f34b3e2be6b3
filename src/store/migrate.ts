import { Migrator } from 'kysely';
import { Failure } from '../core/model/failure.ts';
import { connect } from './database.ts';
import { first } from './migrations/0001-first.ts';
import { otherPlans } from './migrations/0002-other-plans.ts';
import { charges } from './migrations/0003-charges.ts';
import { publications } from './migrations/0004-publications.ts';

const MIGRATIONS = {
  '0001-first': first,
  '0002-other-plans': otherPlans,
  '0003-charges': charges,
  '0004-publications': publications,
};

/** Brings the schema up to date, as the owner. A published migration is never changed. */
export async function migrate(ownerUrl: string): Promise<readonly string[]> {
  const { db, close } = connect(ownerUrl, { connections: 1 });
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => MIGRATIONS },
      migrationTableSchema: 'carechart',
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Failure('CC5002', `The database could not be migrated: ${error}`, { cause: error });
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await close();
  }
}
