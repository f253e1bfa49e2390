// The same for the model and for the emulators, so that the clauses ask both about the same things.

/** A table keyed and indexed as the state table is. */
export const TABLE = {
  TableName: 'contract',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'open'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'open-runs',
      KeySchema: [
        { AttributeName: 'open', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** Templates in S3, by their names beside this file; nested ones are found in the bucket `contract`. */
export const TEMPLATES = ['master.yml', 'nested.yml'];
export const TEMPLATE_URL = 'https://s3.amazonaws.com/contract/master.yml';

/** Tags of the images in the repository `contract`. */
export const IMAGES = ['v1', 'v2', 'v3'];

/** The definition of a machine that hands out a token by the table, and waits. */
export const ASKING = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Parameters: {
        TableName: TABLE.TableName,
        Key: { pk: { S: 'token' }, sk: { 'S.$': '$$.Execution.Name' } },
        UpdateExpression: 'SET #token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': { 'S.$': '$$.Task.Token' } },
      },
      End: true,
    },
  },
});

/** The definition of a machine that waits for an hour. */
export const MACHINE = JSON.stringify({
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } },
});
