// Checks one entry with the checkpoint and Merkle code of @sigstore/verify, on standard input:
// {"checkpoint": note, "name": origin, "key": base64 of vkey's bytes, "key_id": hex,
//  "index": number, "hashes": [base64], "entry": base64 of the leaf data}.
// These two modules are internal to the package, so its version is pinned.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const root = dirname(require.resolve('@sigstore/verify/package.json'));
const { verifyCheckpoint } = require(join(root, 'dist/tlog/checkpoint.js'));
const { verifyMerkleInclusion } = require(join(root, 'dist/tlog/merkle.js'));

const given = JSON.parse(readFileSync(0, 'utf-8'));
const bytes = (text) => Buffer.from(text, 'base64');
const publicKey = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: bytes(given.key).subarray(1).toString('base64url') },
  format: 'jwk',
});

const entry = {
  canonicalizedBody: bytes(given.entry),
  inclusionProof: {
    logIndex: String(given.index),
    hashes: given.hashes.map(bytes),
    checkpoint: { envelope: given.checkpoint },
  },
};
const log = { logID: Buffer.from(given.key_id, 'hex'), baseURL: given.name, publicKey };

try {
  const checkpoint = verifyCheckpoint(entry, [log]);
  verifyMerkleInclusion(entry, checkpoint);
  process.stdout.write(`entry ${given.index} of ${checkpoint.logSize} included`);
} catch (error) {
  process.stderr.write(String(error));
  process.exitCode = 1;
}
