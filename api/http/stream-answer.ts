import type { Request, Response } from 'express';
import { z } from 'zod';

/** An answer that is told as it comes, as server-sent events. */
export interface StreamAnswer {
  readonly open: (request: Request, response: Response) => void;
}

export function isStreamAnswer(value: unknown): value is StreamAnswer {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function';
}

export const streamAnswer = z.custom<StreamAnswer>(isStreamAnswer);
