// An OpenID provider for tests: people, clients and keys are those of the JSON file that is named on the command line.
// Its forms take any password. Prints "ready" when it answers.

import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const { port, issuer, jwks, clients, accounts, audience, format, claimsInIdToken } = JSON.parse(
  readFileSync(process.argv[2], "utf8"),
);

const claimsOf = (id) => ({ sub: accounts[id].sub ?? id, ...accounts[id] });

const provider = new Provider(issuer, {
  jwks,
  clients,
  cookies: { keys: ["not a secret: these are tests"] },
  conformIdTokenClaims: !claimsInIdToken,
  claims: {
    openid: ["sub"],
    profile: ["preferred_username", "given_name", "family_name"],
    email: ["email", "email_verified"],
    groups: ["groups"],
  },
  findAccount: (_context, id) =>
    accounts[id] && { accountId: id, claims: () => claimsOf(id) },
  extraTokenClaims: (_context, token) => (token.accountId ? claimsOf(token.accountId) : undefined),
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: format === "jwt",
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: "openid profile email groups",
        audience,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: "RS256" } },
      }),
    },
  },
  ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 300, Session: 300, Grant: 300 },
  pkce: { required: () => true },
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
