import { Alert, Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../texts/language.tsx';

interface State {
  readonly failed: boolean;
}

/** A page that fails takes no other with it. */
export class Broken extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Told again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Told({ again }: { readonly again: () => void }) {
  const { shell } = useTexts();
  return (
    <Alert color="red" role="alert" title={shell.broken}>
      <Button size="compact-sm" variant="default" onClick={again}>
        {shell.again}
      </Button>
    </Alert>
  );
}
