import { useEffect, useRef, useState } from 'react';

const AT_END_PX = 120;

/** Opens at the news, else at the end; stays at the end while there, and otherwise says that something came below. */
export function useStickToEnd(subject: string, newest: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const known = useRef<{ subject: string; newest: number } | null>(null);
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
    known.current = { subject, newest };
    if (before?.subject !== subject) {
      const news = element.querySelector('[data-news]');
      if (news) news.scrollIntoView({ block: 'center' });
      else element.scrollTop = element.scrollHeight;
    } else if (newest > before.newest) {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
      else setHasNews(true);
    }
  }, [subject, newest]);

  const toEnd = () => {
    setHasNews(false);
    end.current?.scrollIntoView({ block: 'end' });
  };
  return { scroller, end, hasNews, toEnd };
}
