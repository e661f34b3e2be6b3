import { z } from 'zod';
import { Id, Name } from './primitives.schema.ts';

/** Who sends an event, in which clinic. A service carries the one role `service`. */
export const Actor = z.strictObject({ id: Id, roles: z.array(Name).min(1).max(50), clinic: Name });
export type Actor = z.infer<typeof Actor>;

/** Carechart itself, where a step has no other sender. */
export const systemActor = (clinic: string): Actor => ({ id: 'carechart', roles: ['service'], clinic });
