// Identity providers for the sign-in tests: `node provider.mjs '[{"port": 1, "issuer": "…", "redirect": "…", …}]'`.
// Anybody signs in with any name and password; the name is the subject.
import Provider from "oidc-provider";

for (const given of JSON.parse(process.argv[2])) {
  const provider = new Provider(given.issuer, {
    clients: [
      {
        client_id: "copes",
        client_secret: given.secret,
        redirect_uris: [given.redirect],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    cookies: { keys: [given.secret] },
    ttl: given.lifetime === undefined ? {} : { IdToken: () => given.lifetime },
  });
  provider.listen(given.port, "127.0.0.1", () => console.log(`ready ${given.port}`));
}
