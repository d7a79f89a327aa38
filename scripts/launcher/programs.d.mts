export type ProgramName = 'api' | 'worker' | 'baton' | 'migrate';
export const prepareServer: () => Promise<void>;
export const programArgs: (name: ProgramName) => string[];
