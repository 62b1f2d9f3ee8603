import { useGraphiQL, type GraphiQLPlugin } from '@graphiql/react';
import { useState } from 'react';
import { post } from './post.ts';

const roles = ['customer', 'cook', 'driver', 'manager'] as const;
type Role = (typeof roles)[number];

const signInMutation = /* GraphQL */ `
  mutation DemoSignIn($input: SignInInput!) {
    signIn(input: $input) {
      token
      userErrors {
        message
      }
    }
  }
`;

/** A pane that signs in as one of the demo accounts and writes the token into the open tab's headers. */
export function demoAccountsPlugin(endpoint: URL): GraphiQLPlugin {
  return {
    title: 'Demo accounts',
    icon: PersonIcon,
    content: () => <DemoAccounts endpoint={endpoint} />,
  };
}

function DemoAccounts({ endpoint }: { endpoint: URL }) {
  const headers = useGraphiQL((state) => state.headerEditor);
  const [status, setStatus] = useState('');

  async function become(role: Role) {
    setStatus(`Signing in as the ${role} …`);
    try {
      const token = await signIn(endpoint, role);
      headers?.setValue(JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2));
      setStatus(`This tab now acts as the ${role}.`);
    } catch (cause) {
      setStatus(cause instanceof Error ? cause.message : String(cause));
    }
  }

  return (
    <section className="demo-accounts">
      <h2>Demo accounts</h2>
      <p>One click signs in and puts the token into the headers of the open tab.</p>
      {roles.map((role) => (
        <button key={role} type="button" className="graphiql-button" onClick={() => void become(role)}>
          <strong>{role}</strong> {role}@example.com
        </button>
      ))}
      <p role="status">{status}</p>
    </section>
  );
}

interface SignInData {
  signIn?: { token?: string | null; userErrors: { message: string }[] };
}

async function signIn(endpoint: URL, role: Role): Promise<string> {
  const input = { email: `${role}@example.com`, password: 'pizzeria-demo' };
  const { data, errors } = await post(endpoint, { query: signInMutation, variables: { input } }, {});
  const payload = (data as SignInData | null | undefined)?.signIn;
  if (payload?.token) return payload.token;
  throw new Error(errors?.[0]?.message ?? payload?.userErrors[0]?.message ?? 'The server gave no token.');
}

function PersonIcon() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="10" cy="6.5" r="3.5" />
      <path d="M3 17.5c0-3.6 3-5.5 7-5.5s7 1.9 7 5.5" />
    </svg>
  );
}
