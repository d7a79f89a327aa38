import { useEffect, useRef, useState } from 'react';

const AT_END_PX = 120;

interface Positions {
  readonly newest: number;
  /** Of the reader's own messages. */
  readonly newestOwn: number;
}

/**
 * Opens at the news, else at the end; stays at the end while there, and goes there for what the reader has written.
 * Of what others write above it only says that it came.
 */
export function useStickToEnd(subject: string, { newest, newestOwn }: Positions) {
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const known = useRef<(Positions & { subject: string }) | null>(null);
  const [hasNews, setHasNews] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
      if (isAtEnd.current) setHasNews(false);
    };
    element.addEventListener('scroll', look, { passive: true });
    // A composer that grows takes its room from here: the last message stays in sight.
    let height = element.clientHeight;
    const sizes = new ResizeObserver(() => {
      if (isAtEnd.current && element.clientHeight < height) element.scrollTop = element.scrollHeight;
      height = element.clientHeight;
    });
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = known.current;
    known.current = { subject, newest, newestOwn };
    if (before?.subject !== subject) {
      const news = element.querySelector('[data-news]');
      if (news) news.scrollIntoView({ block: 'center' });
      else element.scrollTop = element.scrollHeight;
    } else if (newest > before.newest) {
      if (isAtEnd.current || newestOwn > before.newestOwn) element.scrollTop = element.scrollHeight;
      else setHasNews(true);
    }
  }, [subject, newest, newestOwn]);

  const toEnd = () => {
    setHasNews(false);
    end.current?.scrollIntoView({ block: 'end' });
  };
  return { scroller, end, hasNews, toEnd };
}
