import { render } from 'preact';
import '../styles/tokens.css';
import '../styles/base.css';

const place = document.getElementById('page');
if (place) render(<main />, place);
