import type { WidgetLook } from '#workflows/contract/widgets.ts';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';

interface FieldsProps {
  readonly widget: { readonly name: string; readonly agent: { readonly id: string; readonly name: string } | null; readonly origins: readonly string[] };
  readonly look: WidgetLook;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly agentId: string;
  readonly onAgent: (agentId: string) => void;
  readonly onLook: (look: WidgetLook) => void;
  readonly errorOf: (field: string) => string | undefined;
  readonly errorIn: (field: string) => string | undefined;
}

/** What a web chat is, and how it looks. */
export function WidgetFields({ widget, look, agents, agentId, onAgent, onLook, errorOf, errorIn }: FieldsProps) {
  const set = (more: Partial<WidgetLook>) => onLook({ ...look, ...more });
  return (
    <>
      <TextField label="Name" name="name" required maxLength={100} defaultValue={widget.name} error={errorOf('name')} hint="For your team alone." />
      <SelectField label="Answered by" name="agentId" value={agentId} onChange={(event) => onAgent(event.currentTarget.value)} error={errorOf('agentId')} hint="Without an AI agent every chat is a ticket at once.">
        <option value="">People alone</option>
        {agents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea
        label="Sites"
        name="origins"
        rows={3}
        placeholder="https://shop.example"
        defaultValue={widget.origins.join('\n')}
        error={errorIn('origins')}
        hint="The sites that may show it, one per line. Without any, it works only on this server’s own pages."
      />
      <TextField label="Title" name="title" required maxLength={60} value={look.title} onChange={(event) => set({ title: event.currentTarget.value })} error={errorOf('look.title')} />
      <TextArea label="Greeting" name="greeting" rows={2} maxLength={500} value={look.greeting} onChange={(event) => set({ greeting: event.currentTarget.value })} error={errorOf('look.greeting')} />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-4">
        <TextField label="Colour" name="color" type="color" className="!p-1" value={look.color} onChange={(event) => set({ color: event.currentTarget.value })} error={errorOf('look.color')} />
        <SelectField label="Corner" name="position" value={look.position} onChange={(event) => set({ position: event.currentTarget.value === 'left' ? 'left' : 'right' })}>
          <option value="right">Bottom right</option>
          <option value="left">Bottom left</option>
        </SelectField>
        <SelectField label="Theme" name="theme" value={look.theme} onChange={(event) => set({ theme: event.currentTarget.value === 'light' ? 'light' : event.currentTarget.value === 'dark' ? 'dark' : 'auto' })}>
          <option value="auto">The visitor’s</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </SelectField>
      </div>
    </>
  );
}
