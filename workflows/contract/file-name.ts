/** Characters that turn text around on screen make `gpj.exe` look like `exe.jpg`; others show nothing, and a name of them alone is none. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A file's name as it is safe to show and to save under: no folders, no control or direction marks, not hidden; empty where nothing is left of it. */
export function shownFileName(given: string): string {
  const last = given.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const line = last.replace(INVISIBLE, '').replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
  return line.replace(/[<>:"|?*]/g, '_').replace(/^\.+/, '').trim();
}
