import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

const Context = createContext<(text: string) => void>(() => {});

/** One line of news at the foot of the window, also read aloud; it goes by itself. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [news, setNews] = useState<{ text: string; at: number } | null>(null);
  const say = useCallback((text: string) => setNews((old) => ({ text, at: (old?.at ?? 0) + 1 })), []);
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => setNews(null), 5_000);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <Context.Provider value={say}>
      {children}
      <div className="toast" role="status">{news ? <p key={news.at}>{news.text}</p> : null}</div>
    </Context.Provider>
  );
}

export function useToast(): (text: string) => void {
  return useContext(Context);
}
