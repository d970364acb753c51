package io.purser.agent.template.function;

import io.purser.agent.template.value.GoText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/** The Master Password algorithm, which sprig's derivePassword is. */
final class MasterPassword {
    private static final byte[] SEED = GoText.bytes("com.lyndir.masterpassword");
    private static final Map<String, String> TEMPLATES = Map.of(
            "maximum", "anoxxxxxxxxxxxxxxxxx axxxxxxxxxxxxxxxxxno",
            "long",
                    "CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno "
                            + "CvcvnoCvccCvcv CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno "
                            + "CvccnoCvccCvcv CvccCvccnoCvcv CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno "
                            + "CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno",
            "medium", "CvcnoCvc CvcCvcno",
            "short", "Cvcn",
            "basic", "aaanaaan aannaaan aaannaaa",
            "pin", "nnnn");
    private static final String VOWELS = "AEIOU";
    private static final String CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ";
    private static final String LETTERS = "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

    private MasterPassword() {}

    static String derive(Arguments a) {
        String templates = TEMPLATES.get(a.text(1));
        if (templates == null) {
            return "cannot find password template " + a.text(1);
        }
        byte[] key = Scrypt.derive(GoText.bytes(a.text(2)), message(a.text(3), null));
        byte[] seed = Hashes.hmacSha256(message(a.text(4), (int) a.integer(0)), key);
        String[] choices = templates.split(" ", -1);
        String template = choices[(seed[0] & 0xff) % choices.length];
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            String characters = characters(template.charAt(i));
            password.append(characters.charAt((seed[i + 1] & 0xff) % characters.length()));
        }
        return password.toString();
    }

    private static byte[] message(String text, @org.jspecify.annotations.Nullable Integer counter) {
        byte[] bytes = GoText.bytes(text);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(SEED);
        message.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        message.writeBytes(bytes);
        if (counter != null) {
            message.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
        }
        return message.toByteArray();
    }

    private static String characters(char kind) {
        return switch (kind) {
            case 'V' -> VOWELS;
            case 'C' -> CONSONANTS;
            case 'v' -> VOWELS.toLowerCase(java.util.Locale.ROOT);
            case 'c' -> CONSONANTS.toLowerCase(java.util.Locale.ROOT);
            case 'A' -> VOWELS + CONSONANTS;
            case 'a' -> LETTERS;
            case 'n' -> "0123456789";
            case 'o' -> "@&%?,=[]_:-+*$#!'^~;()/.";
            default -> LETTERS + "0123456789!@#$%^&*()";
        };
    }
}
