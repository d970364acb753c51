package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Sprig's cryptography, as far as the Java platform has it, and its random values. */
final class SprigCryptoFunctions implements FunctionGroup {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final int MAX_LENGTH = 1_000_000;
    private static final int BLOCK = 16;
    private static final int DERIVATION_STEPS = 1_000_000;

    @Override
    public String signatures() {
        return """
                decryptAES(password string, text string) string
                derivePassword(counter uint32, type string, password string, user string, site string) string
                encryptAES(password string, text string) string
                randAlpha(count int) string
                randAlphaNum(count int) string
                randAscii(count int) string
                randBytes(count int) string
                randNumeric(count int) string
                shuffle(text string) string
                uuidv4() string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "decryptAES" -> decrypt(a.text(0), a.text(1));
            case "encryptAES" -> encrypt(a.text(0), a.text(1));
            case "derivePassword" -> derivePassword(a, session);
            case "randAlpha" -> random(a.integer(0), LETTERS);
            case "randAlphaNum" -> random(a.integer(0), LETTERS + DIGITS);
            case "randNumeric" -> random(a.integer(0), DIGITS);
            case "randAscii" -> random(a.integer(0), ascii());
            case "randBytes" -> Base64.getEncoder().encodeToString(randomBytes(checked(a.integer(0))));
            case "shuffle" -> shuffle(a.text(0));
            case "uuidv4" -> UUID.randomUUID().toString();
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static String derivePassword(Arguments a, Session session) {
        session.spend(DERIVATION_STEPS);
        return MasterPassword.derive(a);
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char c = ' '; c < 0x7f; c++) {
            all.append(c);
        }
        return all.toString();
    }

    private static int checked(long count) {
        if (count < 0 || count > MAX_LENGTH) {
            throw new FunctionException("the count must be between 0 and " + MAX_LENGTH);
        }
        return (int) count;
    }

    private static String random(long count, String alphabet) {
        SecureRandom source = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < checked(count); i++) {
            text.append(alphabet.charAt(source.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String shuffle(String text) {
        int[] characters = text.codePoints().toArray();
        SecureRandom source = new SecureRandom();
        for (int i = characters.length - 1; i > 0; i--) {
            int other = source.nextInt(i + 1);
            int swap = characters[i];
            characters[i] = characters[other];
            characters[other] = swap;
        }
        return new String(characters, 0, characters.length);
    }

    private static SecretKeySpec key(String password) {
        return new SecretKeySpec(Arrays.copyOf(GoText.bytes(password), 32), "AES");
    }

    private static String encrypt(String password, String text) {
        byte[] vector = randomBytes(BLOCK);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, password, vector, GoText.bytes(text));
        byte[] all = Arrays.copyOf(vector, BLOCK + encrypted.length);
        System.arraycopy(encrypted, 0, all, BLOCK, encrypted.length);
        return Base64.getEncoder().encodeToString(all);
    }

    private static String decrypt(String password, String text) {
        byte[] all = GoText.bytes(Base64Text.decode(text));
        if (all.length < 2 * BLOCK) {
            throw new FunctionException("the encrypted text is too short");
        }
        byte[] vector = Arrays.copyOf(all, BLOCK);
        return GoText.of(cipher(Cipher.DECRYPT_MODE, password, vector, Arrays.copyOfRange(all, BLOCK, all.length)));
    }

    private static byte[] cipher(int mode, String password, byte[] vector, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, key(password), new IvParameterSpec(vector));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new FunctionException("the text cannot be decrypted with this password");
        }
    }
}
