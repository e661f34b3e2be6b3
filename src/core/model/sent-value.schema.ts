import { z } from 'zod';

/** What a figure is set to for one patient, as it is written in a file: `21 days`, `4`, `four fifths`. */
export const SentValue = z.union([z.number(), z.string().min(1).max(200)]);
