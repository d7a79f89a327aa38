import { createContext } from 'react';

/** The nonce of this response; undefined in the browser, which hides nonces from scripts anyway. */
export const NonceContext = createContext<string | undefined>(undefined);
