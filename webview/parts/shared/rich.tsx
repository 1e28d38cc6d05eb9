/** A sentence whose **marked** part is bold. Text only: nothing in it is ever read as HTML. */
export const Rich = ({ text }: { text: string }) => (
  <>{text.split('**').map((part, i) => (i % 2 === 1 ? <strong key={i}>{part}</strong> : part))}</>
);
