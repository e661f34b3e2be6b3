import { createRequire } from 'node:module';
import type { Payload } from '@temporalio/common';
import type { History } from '@temporalio/worker';
import type { HistoryEvent } from './kept-plan.ts';

// The SDK's own historyToJSON and historyFromJSON refuse everything ("type must be a Type") where npm has given
// @temporalio/common another copy of protobufjs than @temporalio/proto; this takes the latter's, wherever it lies.
interface ProtoJson {
  toJson(type: unknown, message: unknown): { events: HistoryEvent[] };
  fromJson(type: unknown, json: unknown, options: { ignoreUnknownFields: boolean }): History;
}

const ofCommon = createRequire(require.resolve('@temporalio/common'));
const ofProto = createRequire(ofCommon.resolve('@temporalio/proto'));
const { toJson, fromJson }: ProtoJson = ofProto('protobufjs/ext/protojson');
const historyType: unknown = ofCommon('@temporalio/proto/lib/patch-protobuf-root')
  .patchProtobufRoot(ofCommon('@temporalio/proto'))
  .lookupType('temporal.api.history.v1.History');

/** Temporal's JSON form, as its own tools export and read it. */
export const historyToJson = (history: History): { events: HistoryEvent[] } => toJson(historyType, history);

export const historyFromJson = (json: unknown): History =>
  fromJson(historyType, json, { ignoreUnknownFields: true });

export interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}

export const payloadFromJson = ({ metadata, data }: JsonPayload): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
  ),
  data: Buffer.from(data, 'base64'),
});

export const payloadToJson = ({ metadata, data }: Payload): JsonPayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
