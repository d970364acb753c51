package io.purser.agent.template.function;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The key derivation function scrypt (RFC 7914) with N=32768, r=8, p=2 and a key of 64 bytes. */
final class Scrypt {
    private static final int N = 32768;
    private static final int R = 8;
    private static final int P = 2;
    private static final int KEY_LENGTH = 64;
    private static final int WORDS = 32 * R;

    private Scrypt() {}

    static byte[] derive(byte[] password, byte[] salt) {
        byte[] blocks = pbkdf2(password, salt, P * 128 * R);
        ByteBuffer buffer = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < P; i++) {
            int[] block = new int[WORDS];
            buffer.position(i * 128 * R);
            buffer.asIntBuffer().get(block);
            mix(block);
            buffer.asIntBuffer().put(block);
        }
        return pbkdf2(password, blocks, KEY_LENGTH);
    }

    /** PBKDF2 with one iteration of HMAC-SHA256; Java's own takes no bytes as password. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int block = 1; key.hasRemaining(); block++) {
            byte[] message =
                    ByteBuffer.allocate(salt.length + 4).put(salt).putInt(block).array();
            byte[] digest = Hashes.hmacSha256(message, password);
            key.put(digest, 0, Math.min(digest.length, key.remaining()));
        }
        return key.array();
    }

    private static void mix(int[] x) {
        int[][] memory = new int[N][];
        for (int i = 0; i < N; i++) {
            memory[i] = x.clone();
            blockMix(x);
        }
        for (int i = 0; i < N; i++) {
            int[] v = memory[x[WORDS - 16] & (N - 1)];
            for (int k = 0; k < WORDS; k++) {
                x[k] ^= v[k];
            }
            blockMix(x);
        }
    }

    private static void blockMix(int[] x) {
        int[] current = java.util.Arrays.copyOfRange(x, WORDS - 16, WORDS);
        int[] mixed = new int[WORDS];
        for (int i = 0; i < 2 * R; i++) {
            for (int k = 0; k < 16; k++) {
                current[k] ^= x[i * 16 + k];
            }
            salsa8(current);
            int target = (i / 2 + (i % 2) * R) * 16;
            System.arraycopy(current, 0, mixed, target, 16);
        }
        System.arraycopy(mixed, 0, x, 0, WORDS);
    }

    private static void salsa8(int[] block) {
        int[] x = block.clone();
        for (int round = 0; round < 4; round++) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < 16; i++) {
            block[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
