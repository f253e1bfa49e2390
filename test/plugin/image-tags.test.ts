import { describe, expect, test } from '@jest/globals';
import { isDeploying, useNewestImages } from '../../plugin/image-tags.ts';
import { loadEstate } from '../../resources/estate.ts';
import { queues } from '../../resources/queues.ts';
import { ImageNotFound } from '../../shared/errors.ts';

type Resources = Record<string, { Type: string; Properties: { ContainerDefinitions: { Image: unknown }[] } }>;

const ECR = '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}';

/** The resources of a stage as they are packaged. */
function packaged(file: string) {
  const { compiled } = loadEstate('dev', file);
  const Resources = queues(compiled) as Resources;
  return { compiled, Resources, image: (id: string) => Resources[id]?.Properties.ContainerDefinitions[0]?.Image };
}

describe('the image of workers', () => {
  test('no tag in the stage file, packaged alone - latest, and nobody is asked', () => {
    expect(packaged('examples/hybrid-queue-scaling.yml').image('CrawlWorkerTask')).toEqual({
      'Fn::Sub': `${ECR}/crawler-worker:latest`,
    });
  });

  test('no tag, deployed - the newest', async () => {
    const { compiled, Resources, image } = packaged('examples/hybrid-queue-scaling.yml');
    await useNewestImages(compiled, { Resources }, async (repository) => `newest-of-${repository}`);
    expect(image('CrawlWorkerTask')).toEqual({ 'Fn::Sub': `${ECR}/crawler-worker:newest-of-crawler-worker` });
  });

  test('a tag in the stage file - that one, and nobody is asked', async () => {
    const { compiled, Resources, image } = packaged('test/fixtures/queues.yml');
    await useNewestImages(compiled, { Resources }, () => Promise.reject(new Error('asked')));
    expect(image('MailsWorkerTask')).toEqual({ 'Fn::Sub': `${ECR}/mailer:v2` });
  });

  test('no image in the repository - nothing is deployed', async () => {
    const { compiled, Resources } = packaged('examples/hybrid-queue-scaling.yml');
    const deployed = useNewestImages(compiled, { Resources }, () => Promise.reject(new ImageNotFound('none')));
    await expect(deployed).rejects.toThrow(ImageNotFound);
  });

  test.each([
    [['deploy'], true],
    [['deploy', 'function'], true],
    [['package'], false],
    [['rehearse'], false],
  ])('%s - asked: %s', (commands, asks) => {
    expect(isDeploying({ processedInput: { commands, options: {} } })).toBe(asks);
  });
});
