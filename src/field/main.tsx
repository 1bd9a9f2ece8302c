import '../browser/ui/phone.css';
import './field.css';

import { createRoot } from 'react-dom/client';

import { App } from './App.tsx';

const root = document.getElementById('app');
if (root !== null) createRoot(root).render(<App />);
