import { render } from 'preact';
import type { Report } from '../../rehearsal/report.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/page.css';
import './rehearsal.css';
import './timeline.css';
import './sheet.css';
import { RehearsalPage } from './rehearsal-page.tsx';

const place = document.getElementById('page');
const data = document.getElementById('report')?.textContent;
// It comes with the page: without it there is nothing to show, and the console says so.
if (place && data) render(<RehearsalPage report={JSON.parse(data) as Report} />, place);
else throw new Error('this page came without its report: make it by `sls rehearse --html FILE`');
