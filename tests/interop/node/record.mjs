// Reads one record with @sd-jwt/core: {"sdjwt": compact, "jwk": public key} on standard input,
// the verified claims on standard output; exit 1 and the reason when it is refused.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SDJwtInstance } from '@sd-jwt/core';

const { sdjwt, jwk } = JSON.parse(readFileSync(0, 'utf-8'));
const key = createPublicKey({ key: jwk, format: 'jwk' });

const instance = new SDJwtInstance({
  hashAlg: 'sha-256',
  hasher: (data) => createHash('sha256').update(data).digest(),
  verifier: (data, signature) => {
    const raw = Buffer.from(signature, 'base64url');
    return jwk.kty === 'OKP'
      ? verify(null, Buffer.from(data), key, raw)
      : verify('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, raw);
  },
});

try {
  const { payload } = await instance.verify(sdjwt);
  process.stdout.write(JSON.stringify(payload));
} catch (error) {
  process.stderr.write(String(error));
  process.exitCode = 1;
}
