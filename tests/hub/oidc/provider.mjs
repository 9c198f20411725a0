// SPDX-FileCopyrightText: Paddock contributors
// SPDX-License-Identifier: Apache-2.0
// An OpenID Connect provider on loopback for the tests of signing in: node provider.mjs PORT PEOPLE.json CALLBACK
// PEOPLE.json is read anew at each sign-in: {"alice": {"name": …, "email": …, "email_verified": true, "groups": [...]}}.
// Needs the npm package oidc-provider; the tests say where it is by OIDC_PROVIDER_FOLDER.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [port, people, callback] = process.argv.slice(2);
const require = createRequire(`${process.env.OIDC_PROVIDER_FOLDER}/package.json`);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "hub", client_secret: "a-secret-of-the-test", redirect_uris: [callback] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups", "_claim_names"] },
  cookies: { keys: ["a key of the test"] },
  pkce: { required: () => true },
  async findAccount(_context, id) {
    const found = JSON.parse(readFileSync(people, "utf8"))[id];
    return found && { accountId: id, claims: async () => ({ sub: id, ...found }) };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
