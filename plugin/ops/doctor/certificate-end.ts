import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { CertificateEnd } from './watched.ts';

/** By the network. Whether it is trusted is what the checks say: here only its end is read. */
export const certificateEnd: CertificateEnd = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(!isIP(host) && { servername: host }),
      rejectUnauthorized: false,
      timeout: 5000,
    });
    socket.once('secureConnect', () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to ?? '');
      socket.destroy();
      resolve(Number.isNaN(end) ? undefined : end);
    });
    socket.once('timeout', () => socket.destroy(new Error('its server does not answer')));
    socket.once('error', reject);
  });
