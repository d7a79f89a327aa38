export const sampleAgentsOf: (data: string) => { name: string; key: string }[];
export const runSampleAgents: (where: { data: string; port: number }) => { stop: () => Promise<void> };
