/**
 * web: the dashboard, a client of the contract like the CLI, built by Vite and served by http.
 * It holds what is live in one store, asks for the rest, and draws.
 * Never: anything from outside, markup made of text, or a word that is not in its catalogue.
 */
import './trusted.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
