import { render } from 'preact';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/page.css';
import './status.css';
import { StatusPage } from './status-page.tsx';

const place = document.getElementById('page');
if (place) render(<StatusPage />, place);
