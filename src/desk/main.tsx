import { createRoot } from 'react-dom/client';

import '../browser/ui/tokens.css';
import '../browser/ui/kit.css';
import './style/base.css';
import './style/shell.css';
import { App } from './App.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
createRoot(root).render(<App />);
