import { select, text } from '@clack/prompts';
import type { Offered, Wishes } from '../../core/starting/new-pathway.ts';
import { AlreadySaid } from '../already-said.ts';

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,79}$/;

/** Asks for what was not given; whoever breaks off has written nothing. */
export async function askWishes(
  given: Partial<Wishes>,
  { procedures, roles, facts }: Offered,
): Promise<Partial<Wishes>> {
  const name =
    given.name ??
    (await answered(
      text({
        message: 'What is the pathway called in files and commands? Letters, digits and dashes.',
        placeholder: 'scar-revision',
        validate: (value = '') =>
          NAME.test(value) ? undefined : 'Begin with a letter; letters, digits and dashes.',
      }),
    ));
  const title =
    given.title ??
    (await answered(
      text({
        message: 'And what do people call it?',
        placeholder: 'Revision of a scar',
        validate: (value = '') => (value.trim() === '' ? 'It needs a title.' : undefined),
      }),
    ));
  const procedure =
    given.procedure ??
    (await chosen(
      'What is done? (of the catalogue)',
      procedures.map((value) => ({ value })),
    ));
  const role =
    given.role ??
    (await chosen(
      'Who does it?',
      roles.map((value) => ({ value })),
    ));
  const labelled = facts.map(({ fact, title: label }) => ({ value: fact, label }));
  const fact = given.fact ?? (await chosen('Which answer has to be no, before it is done?', labelled));
  return { name, title, procedure, role, fact };
}

const chosen = (
  message: string,
  options: readonly { readonly value: string; readonly label?: string }[],
): Promise<string> =>
  answered(select({ message, options: options.map(({ value, label = value }) => ({ value, label })) }));

async function answered(asked: Promise<string | symbol>): Promise<string> {
  const answer = await asked;
  if (typeof answer === 'string') return answer;
  throw new AlreadySaid();
}
