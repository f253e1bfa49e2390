/** What is said of the spending; amounts are US dollars. */
export const budget = {
  dailyTitle: (of: string, limit: string) => `${of}: daily limit of ${limit} reached`,
  daily: (spent: string, time: string) => `Estimated spending today: ${spent} as of ${time}.`,
  nothingStarts: (time: string) =>
    `Nothing new of it starts until ${time}. What runs goes on, and is stopped as planned.`,
  letGo: (command: string) => `To let it start again today: ${command}`,
  lookForIt: 'Look for what is on and should not be.',
  burnTitle: (of: string, limit: string, time: string) => `${of}: limit of ${limit} at ${time} at this pace`,
  burn: (spent: string, time: string) =>
    `If what is on stays on as planned, the limit is reached at ${time}; now it is ${spent}.`,
  unknownTitle: 'Spending is not wholly known',
  unknown: (what: string) => `Not in the estimate: ${what}.`,
  unknownIsNotZero: 'The limits look at the rest only.',
  addPrices:
    'Add missing prices under prices in the stage file and deploy; see why the rest could not be seen in the log of guard-cost.',
  estimate: 'An estimate at list price of what this stage names, without data transfer, requests, tax and discounts.',
  emergency: (spent: string, limit: string) => `spending ${spent} of ${limit}`,
  billTitle: 'The bill could not be read',
  billFailed: (error: string) => `Cost Explorer answered: ${error}`,
  billStale: (day: string) => `The bill is known up to ${day} only.`,
  billEstimates: 'Until it is known, limits go by estimates alone, as always on the day itself.',
  billMend:
    'Open Cost Explorer once in the billing console (it takes a day to begin), and let this account see its costs.',
};
