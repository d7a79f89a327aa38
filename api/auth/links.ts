/** Opens a page with one button; opening it (a mail scanner, a preview) does not use the link up, pressing does. */
export function signInLink(publicUrl: string, token: string): string {
  return new URL(`/sign-in/link?token=${encodeURIComponent(token)}`, publicUrl).href;
}

/** Opens the page on which an invited person chooses a name and a password. */
export function invitationLink(publicUrl: string, token: string): string {
  return new URL(`/invitations/${encodeURIComponent(token)}`, publicUrl).href;
}
