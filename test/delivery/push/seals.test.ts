/** Signatures and sealed payloads against what other programs computed. */
import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { barkIv, barkSeal } from '../../../src/delivery/push/bark-seal.ts';
import { pushChannel } from '../../../src/delivery/push/channel.ts';
import { dingtalkSign, feishuSign } from '../../../src/delivery/push/sign.ts';
import { aNotice } from '../channel-contract.ts';
import { startContractServer } from './contract-server.ts';
import { settingOf, TYPED, toolsFor } from './settings.ts';

const PLAIN = { title: '按时还', body: '一笔账单今天到期' };

describe('signatures', () => {
  it('钉钉', async () => {
    // S=SEC000000000000000000000; printf '1789351200000\n%s' "$S" | openssl dgst -sha256 -hmac "$S" -binary | base64
    expect(await dingtalkSign('SEC000000000000000000000', 1789351200000)).toBe(
      'aHXdjnogRBc/+7ZzyMxvCb3SoDh838JfimG22MQeFcY=',
    );
  });

  it('飞书', async () => {
    // K=$(printf '1789351200\nfeishu-secret-0001' | xxd -p -c 200)
    // printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$K -binary | base64
    expect(await feishuSign('feishu-secret-0001', 1789351200)).toBe('MARXaNQvvk+Am2m/XgQYwRM9WLGiYhZzH6DvtjUt5cg=');
  });
});

describe('what Bark unseals', () => {
  // printf '%s' '{"title":"按时还","body":"一笔账单今天到期"}' > plain
  it.each([
    // openssl enc -aes-128-cbc -K $(printf 1234567890123456 | xxd -p) -iv $(printf abcdefghijklmnop | xxd -p) -in plain -base64 -A
    [
      'cbc',
      '1234567890123456',
      'abcdefghijklmnop',
      's6Vv7NpO5Ml/rroB8FvvZVCsr3ZvtEL58rcHd2vAZTSt+SzstzH/WqNNZOw4z5viMOFKhq99Pof33ZrpARDLVw==',
    ],
    // the same with -aes-256-cbc and 12345678901234567890123456789012
    [
      'cbc',
      '12345678901234567890123456789012',
      'abcdefghijklmnop',
      '/wlLt+/17rD2GvW0qOgHbBLESx+tU5YdoIIEvEe1vkcu/jKY8Jc4YaUufE3kCX9I9FfSgwjwbWvJCzsBL4nfaw==',
    ],
    // openssl enc knows no GCM: python3-cryptography, AESGCM(b'123…012').encrypt(b'abcdefghijkl', plain, None)
    [
      'gcm',
      '12345678901234567890123456789012',
      'abcdefghijkl',
      '5L8Jf20Eb0S1XdDv0rnnI/HNlhnIxx0vZVyUq1enxxUO4a4B3nuhkC+0Z1lrpL5rWegj8gelLMUOJBPmTzpmqTd/NVplixk=',
    ],
  ])('%s with a key of %s', async (mode, key, iv, ciphertext) => {
    expect(await barkSeal(PLAIN, key, mode, iv)).toEqual({ ciphertext, iv });
  });

  it('an iv of letters and digits, never the same twice', () => {
    const ivs = Array.from({ length: 200 }, () => barkIv('cbc'));
    for (const iv of ivs) expect(iv).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(barkIv('gcm')).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(new Set(ivs).size).toBe(200);
  });

  it('the server is told how loud and which device, and not one of the words', async () => {
    const server = await startContractServer();
    const key = '0123456789abcdef';
    const setting = settingOf('bark', { ...TYPED.bark, seal: key }, { showsDetails: true });
    expect(await pushChannel(setting, toolsFor(server)).send(aNotice(), 'loudest')).toMatchObject({ kind: 'accepted' });
    const { body, raw } = server.received[0]!;
    expect(Object.keys(body).sort()).toEqual(['call', 'ciphertext', 'device_key', 'id', 'iv', 'level']);
    expect(raw).not.toMatch(/九月|到期|386\.20|38620/);
    const unseal = createDecipheriv('aes-128-cbc', key, body.iv);
    const plain = JSON.parse(unseal.update(body.ciphertext, 'base64', 'utf8') + unseal.final('utf8'));
    expect(plain).toMatchObject({ title: '九月账单：今天到期', level: 'critical', call: '1' });
    expect(plain.body).toContain('386.20');
    await server.stop();
  });
});
