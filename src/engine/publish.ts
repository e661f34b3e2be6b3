import { Failure } from '../core/model/failure.ts';
import type { Clinic } from '../core/pathway/clinic.schema.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';
import { connect } from '../store/database.ts';
import { definitionsOf } from '../store/definitions.ts';

const PUBLISHER = 'carechart';

/** Publishes pathways and offers these and no others; what is published already, by digest, stays as it is. */
export async function publishAll(
  databaseUrl: string,
  pathways: readonly CompiledPathway[],
  at: string,
): Promise<Pick<Clinic, 'clinic' | 'roles'>> {
  const [first] = pathways;
  if (!first) throw new Failure('CC1000', 'There is no pathway to publish.');
  const database = connect(databaseUrl, { connections: 1 });
  try {
    const { clinic, roles } = first.clinic;
    const definitions = definitionsOf(database);
    await definitions.assertReadable(clinic);
    for (const compiled of pathways) await definitions.publish(compiled, PUBLISHER, at);
    await definitions.offerOnly(
      clinic,
      pathways.map(({ pathway }) => pathway),
    );
    return { clinic, roles };
  } finally {
    await database.close();
  }
}
