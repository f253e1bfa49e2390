import { type FormEvent, useState } from 'react';

/** What stands for the application: it has state, and somebody types. */
export function App() {
  const [said, setSaid] = useState<string[]>([]);
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('message') ?? '').trim();
    if (text) setSaid([...said, text]);
    event.currentTarget.reset();
  };
  return (
    <main>
      <h1>Chat</h1>
      <ol aria-label="Messages">
        {said.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added
          <li key={index}>{text}</li>
        ))}
      </ol>
      <form onSubmit={say}>
        <label>
          Message <textarea name="message" rows={3} />
        </label>
        <button type="submit">Send</button>
      </form>
    </main>
  );
}
