/** As in .env: Vite puts them in when it builds. */
const { VITE_STATUS, VITE_WORKLOAD, VITE_HEALTH } = import.meta.env;

export const SOURCES = { status: VITE_STATUS, workload: VITE_WORKLOAD, health: VITE_HEALTH };
