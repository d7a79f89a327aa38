import { checkDatabase } from './database.ts';
import type { Check } from './finding.ts';
import { checkModel } from './model.ts';
import { checkPorts } from './ports.ts';
import { checkSmtpOut } from './smtp-out.ts';
import { checkTemporal } from './temporal.ts';
import { checkDataFolder, checkVersions } from './versions.ts';

/** What an instance needs, in the order in which people look. */
export const CHECKS: readonly Check[] = [checkVersions, checkDataFolder, checkPorts, checkDatabase, checkTemporal, checkSmtpOut, checkModel];
