import type { z } from 'zod';
import { Accepted, Pending, Started } from '../api/plan-view.schema.ts';
import { Problem } from '../api/problem.ts';
import { Token } from '../api/routes/tokens.route.ts';
import type { SentEvent } from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';

/** The API said no, and why. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** In which a person reads its times. */
  readonly timeZone: string;

  constructor(problem: Problem, timeZone = 'UTC') {
    super(problem.detail);
    this.problem = problem;
    this.timeZone = timeZone;
  }
}

export interface ApiClientOptions {
  readonly url: string;
  readonly person: string;
  readonly roles: readonly string[];
  /** A token of the clinic's own sign-in; without it the local issuer is asked for one. */
  readonly token?: string | undefined;
}

const TIMEOUT_MS = 30_000;

/** The API as the verbs use it: every answer parsed by the schema that the API describes it with. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  #token: string | undefined;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#token = options.token;
  }

  async get<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const { body } = await this.#call(path, { headers: await this.#headers() });
    return schema.parse(body);
  }

  /** For addresses that need no sign-in. */
  async probe<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const { body } = await this.#call(path, {});
    return schema.parse(body);
  }

  send(planId: string, event: SentEvent): Promise<Accepted | Pending> {
    return this.#post(`/v1/plans/${encodeURIComponent(planId)}/events`, event, Accepted);
  }

  start(request: Readonly<Record<string, unknown>>): Promise<Started | Pending> {
    return this.#post('/v1/plans', request, Started);
  }

  /** For what is answered at once. */
  async post<T extends z.ZodType>(path: string, body: unknown, schema: T): Promise<z.output<T>> {
    return schema.parse((await this.#sent(path, body)).body);
  }

  async #post<T extends z.ZodType>(path: string, body: unknown, schema: T): Promise<z.output<T> | Pending> {
    const answer = await this.#sent(path, body);
    return answer.status === 202 ? Pending.parse(answer.body) : schema.parse(answer.body);
  }

  async #sent(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { ...(await this.#headers()), 'content-type': 'application/json' };
    return this.#call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #headers(): Promise<{ authorization: string }> {
    this.#token ??= await this.#issued();
    return { authorization: `Bearer ${this.#token}` };
  }

  async #issued(): Promise<string> {
    const { person, roles } = this.#options;
    const { body } = await this.#call('/v1/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person, roles }),
    });
    return Token.parse(body).token;
  }

  async #call(path: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    const { url } = this.#options;
    const response = await this.#fetch(new URL(path, url), init);
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return { status: response.status, body };
    const problem = Problem.safeParse(body);
    if (problem.success) throw new ApiProblem(problem.data);
    throw new Failure('CC5008', `${url} answers ${response.status}, and not as Carechart does.`);
  }

  async #fetch(address: URL, init: RequestInit): Promise<Response> {
    try {
      return await fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw new Failure('CC5008', `Carechart does not answer at ${this.#options.url}.`, { cause: error });
    }
  }
}
