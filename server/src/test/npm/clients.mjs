// Asks a server through two clients of others and prints what they got as one JSON object.
// Arguments: service root, user, password.
import { OData, EdmV4 } from '@odata/client';
import buildQuery from 'odata-query';

const [root, username, password] = process.argv.slice(2);
const authorization = 'Basic ' + Buffer.from(`${username}:${password}`).toString('base64');

async function get(path) {
  const answer = await fetch(root + path, { headers: { Authorization: authorization } });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${path} ${await answer.text()}`);
  }
  return answer.json();
}

const built = await get(
  'JW301' +
    buildQuery({
      select: ['Bericht_Id', 'Client_Bsn'],
      filter: { Header_BerichtVersie: { ge: 1 }, Header_BerichtCode: { startswith: '4' } },
      expand: {
        ToegewezenProduct: {
          select: ['Product_Code', 'Ingangsdatum'],
          orderBy: 'Ingangsdatum',
          filter: { Product_Code: { ne: null } },
        },
      },
      orderBy: ['Bericht_Id desc'],
      count: true,
      top: 5,
    }),
);

const client = OData.New4({ serviceEndpoint: root, credential: { username, password } });
const products = client.getEntitySet('JW301_ToegewezenProduct');
const filter = client.newFilter().property('Ingangsdatum').ge(new EdmV4.Date('2023-01-01'));
const found = await products.query(
  client.newParam().filter(filter).orderby('ToegewezenProduct_Id', 'asc').top(7).expand('JW301'),
);
const one = await products.retrieve(found[0].ToegewezenProduct_Id);
const number = await products.count(filter);

const batched = await client.execBatchRequests([
  client.newBatchRequest({ collection: 'JW301', entity: undefined, method: 'GET', params: client.newParam().select('Bericht_Id').top(1) }),
  client.newBatchRequest({ collection: 'JW301_ToegewezenProduct', method: 'GET', params: client.newParam().filter(filter) }),
]);
const batch = await Promise.all(batched.map((answer) => answer.json()));

async function followed(link) {
  const answer = await fetch(link, {
    headers: { Authorization: authorization, Prefer: 'odata.track-changes' },
  });
  const page = await answer.json();
  return page['@odata.nextLink'] ? followed(page['@odata.nextLink']) : page;
}
const walked = await followed(root + 'JW301?$select=Bericht_Id');
const changes = await followed(walked['@odata.deltaLink']);

console.log(JSON.stringify({ built, found, one, number, batch, changes }));
