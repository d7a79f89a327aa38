import { MOST_FILE_BYTES } from '#workflows/contract/upload-limits.ts';
import { blockerOf, readyIds, withAdded, withAnother, withRefused, withState } from '../../web/app/inbox/attached-files.ts';
import type { AttachedFile } from '../../web/app/inbox/attached-files.ts';

const file = (key: string, size = 1_000) => ({ key, name: `${key}.pdf`, size });
const ready = (key: string, size = 1_000): AttachedFile => ({ ...file(key, size), state: { kind: 'ready', id: `att_${key}` } });
const whys = (files: readonly AttachedFile[]) => files.map(({ state }) => (state.kind === 'failed' ? state.why : state.kind));

describe('files beside a draft', () => {
  it('are refused before they leave where nobody could take them', () => {
    expect(whys(withAdded([], [file('a', 0), file('b', MOST_FILE_BYTES + 1), file('c', MOST_FILE_BYTES), file('d', MOST_FILE_BYTES), file('e', 1)]))).toEqual(['Empty', 'Larger than 10 MB', 'uploading', 'uploading', 'More than 20 MB together']);
    const eleven = Array.from({ length: 11 }, (_, index) => file(String(index)));
    expect(whys(withAdded([], eleven)).slice(9)).toEqual(['uploading', 'More than 10 files']);
  });

  it('keep a message from being sent while they are on their way, or could not come, or have no words with them', () => {
    expect(blockerOf([], { hasText: false })).toBeNull();
    expect(blockerOf([ready('a')], { hasText: true })).toBeNull();
    expect(blockerOf([ready('a')], { hasText: false })).toContain('words');
    expect(blockerOf(withAdded([ready('a')], [file('b')]), { hasText: true })).toContain('Uploading');
    expect(blockerOf(withAdded([ready('a')], [file('b', 0)]), { hasText: true })).toContain('Remove');
  });

  it('go again where a line broke, and not where others have taken their room meanwhile', () => {
    const lost: AttachedFile = { ...file('lost', MOST_FILE_BYTES), state: { kind: 'failed', why: 'Baton was not reached', mayPass: true } };
    expect(blockerOf([lost], { hasText: true })).toContain('Try again');
    expect(whys(withAnother([lost, ready('a', MOST_FILE_BYTES)], 'lost'))).toEqual(['uploading', 'ready']);
    expect(whys(withAnother([lost, ready('a', MOST_FILE_BYTES), ready('b')], 'lost'))).toEqual(['More than 20 MB together', 'ready', 'ready']);
    expect(withAnother([ready('a')], 'a')).toEqual([ready('a')]);
  });

  it('stay away where they were removed while they were uploaded', () => {
    expect(withState([ready('a')], 'gone', { kind: 'ready', id: 'att_gone' })).toEqual([ready('a')]);
  });

  it('say it themselves where the server has them no more, and the others are kept', () => {
    const files = [...withAdded([], [file('z', 0)]), ready('a'), ready('b')];
    const refused = withRefused(files, [{ path: 'body.attachments.1', message: 'must be a file that you uploaded' }, { path: 'body.text', message: 'x' }]);
    expect(readyIds(refused)).toEqual(['att_a']);
    expect(whys(refused)[2]).toContain('attach it again');
  });
});
