package io.purser.agent.template.function;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code pkiCert} gives: the parts of an issued certificate, each PEM with a newline at its end. */
final class Certificates {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private @Nullable String certificate;
    private @Nullable String key;
    private final List<String> authorities = new ArrayList<>();

    private Certificates() {}

    static GoStruct of(Secret secret) {
        Certificates parts = new Certificates();
        JsonObject data = secret.data() == null ? new JsonObject() : secret.data();
        for (JsonObject.Member member : data) {
            JsonValue value = member.getValue();
            if (value.isString()) {
                parts.addAll(value.asString());
            } else if (value.isArray() && member.getName().equals("ca_chain")) {
                value.asArray().values().stream().filter(JsonValue::isString).forEach(v -> parts.addAll(v.asString()));
            }
        }
        return parts.toStruct();
    }

    private void addAll(String text) {
        Matcher matcher = PEM.matcher(text);
        while (matcher.find()) {
            byte[] bytes = decode(matcher.group(2));
            String pem = pem(matcher.group(1), bytes);
            if (matcher.group(1).endsWith("PRIVATE KEY")) {
                key = pem;
            } else if (!isAuthority(bytes)) {
                certificate = pem;
            } else if (!authorities.contains(pem)) {
                authorities.add(pem);
            }
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new FunctionException("the store's answer holds a broken PEM");
        }
    }

    private static String pem(String type, byte[] bytes) {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8)).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static boolean isAuthority(byte[] bytes) {
        try {
            X509Certificate parsed = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return parsed.getBasicConstraints() >= 0;
        } catch (CertificateException e) {
            throw new FunctionException("the store's answer holds a certificate that cannot be read");
        }
    }

    private GoStruct toStruct() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Cert", certificate == null ? "" : certificate);
        fields.put("Key", key == null ? "" : key);
        fields.put("CA", authorities.isEmpty() ? "" : authorities.get(0));
        fields.put("CAChain", authorities.isEmpty() ? GoList.nil(GoType.STRINGS) : GoList.ofStrings(authorities));
        return GoStruct.of("dependency.PemEncoded", fields);
    }
}
