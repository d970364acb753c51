package io.purser.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.template.source.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Each format is read back by a real parser of it. */
class FormatTest {
    private static final Map<String, String> HOSTILE = hostile();

    private static Map<String, String> hostile() {
        Map<String, String> values = new LinkedHashMap<>();
        String[] texts = {
            "plain",
            "",
            " leading",
            "trailing ",
            "two\nlines\n",
            "\n",
            "quote\"s and 'these'",
            "$HOME ${x} $(id) `id`",
            "#hash",
            "a #b",
            "&amp;",
            "k=v",
            "a: b",
            "- a",
            "{a}",
            "[b]",
            "*x",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "tab\there",
            "back\\slash\\n",
            "é ü ß 漢字",
            "😀",
            "true",
            "null",
            "~",
            "yes",
            "010",
            "1e3",
            "1:30",
            "2024-01-01",
            "=",
            "<<",
            "\u0001\u007f",
            "\u0085\u2028\ufeff",
            "a\r\nb",
            "trailing\\",
            "x".repeat(300),
            "word ".repeat(60),
            "!",
            ":",
            ","
        };
        for (int i = 0; i < texts.length; i++) {
            values.put("FIELD_" + i, texts[i]);
        }
        return values;
    }

    private static Secret secretOf(Map<String, String> values) {
        JsonObject fields = new JsonObject();
        values.forEach(fields::add);
        return Secret.of(new JsonObject().add("data", fields));
    }

    private static Secret secretOf(String data) {
        return Secret.of(new JsonObject().add("data", Json.parse(data)));
    }

    private static String render(String format, Secret secret) {
        return new String(Format.of(format).render(secret, null), StandardCharsets.UTF_8);
    }

    @Test
    void jsonReadsBackTheSame() {
        JsonObject read = Json.parse(render("json", secretOf(HOSTILE))).asObject();
        Map<String, String> values = new TreeMap<>();
        read.names().forEach(name -> values.put(name, read.getString(name)));
        assertThat(values).isEqualTo(new TreeMap<>(HOSTILE));
    }

    @Test
    void jsonKeepsTheTextOfNumbers() {
        assertThat(render("json", secretOf("{\"b\": 12345678901234567890, \"a\": 1.50, \"c\": 1e3}")))
                .isEqualTo("{\n  \"a\": 1.50,\n  \"b\": 12345678901234567890,\n  \"c\": 1e3\n}\n");
    }

    @Test
    void yamlAndMapReadBackTheSame() {
        for (String format : new String[] {"yaml", "map"}) {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(render(format, secretOf(HOSTILE)));
            assertThat(read).as(format).isEqualTo(HOSTILE);
        }
    }

    @Test
    void yamlKeepsNestingAndNumbers() {
        Secret secret = secretOf(
                "{\"l\": [1, {\"a\": [true, null], \"b\": {}}, [], [[2]]], \"n\": 1e3, \"big\": 12345678901234567890}");
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(render("yaml", secret));
        assertThat(String.valueOf(read))
                .isEqualTo("{big=12345678901234567890, l=[1, {a=[true, null], b={}}, [], [[2]]], n=1000.0}");
    }

    @Test
    void propertiesReadBackTheSame() throws IOException {
        Properties read = new Properties();
        read.load(new ByteArrayInputStream(Format.of("properties").render(secretOf(HOSTILE), null)));
        assertThat(read).isEqualTo(HOSTILE);
    }

    @Test
    void propertiesEscapeKeys() throws IOException {
        Map<String, String> odd = Map.of("a b", "1", "c:d=e", "2", "#f", "3", "é", "4");
        Properties read = new Properties();
        read.load(new ByteArrayInputStream(Format.of("properties").render(secretOf(odd), null)));
        assertThat(read).isEqualTo(odd);
    }

    @Test
    void aPosixShellSourcesEnvironmentFiles(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("env"), Format.of("env").render(secretOf(HOSTILE), null));
        StringBuilder script = new StringBuilder(". \"$1\"\n");
        HOSTILE.keySet()
                .forEach(
                        name -> script.append("printf '%s\\0' \"$").append(name).append("\"\n"));
        Path output = directory.resolve("out");
        int status = new ProcessBuilder("sh", "-c", script.toString(), "sh", file.toString())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start()
                .waitFor();
        assertThat(status).isZero();
        assertThat(Files.readString(directory.resolve("err"))).isEmpty();
        assertThat(Files.readString(output).split("\0", -1))
                .startsWith(HOSTILE.values().toArray(String[]::new));
    }

    @Test
    void environmentNamesAreMadeValidAndMustDiffer() {
        assertThat(render("env", secretOf(Map.of("my-key", "v", "1st", "w")))).isEqualTo("_1st='w'\nmy_key='v'\n");
        assertThatThrownBy(() -> render("env", secretOf(Map.of("a-b", "SECRET1", "a.b", "SECRET2"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a-b\" and \"a.b\"")
                .hasMessageNotContaining("SECRET");
        assertThatThrownBy(() -> render("env", secretOf(Map.of("a", "x\0y"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void rawIsTheValueAndNothingElse() {
        Secret secret = secretOf("{\"password\": \"p\\n\", \"n\": 1.50, \"o\": {\"a\": [1]}, \"none\": null}");
        assertThat(Format.RAW.render(secret, "password")).isEqualTo(new byte[] {'p', '\n'});
        assertThat(new String(Format.RAW.render(secret, "n"), StandardCharsets.UTF_8))
                .isEqualTo("1.50");
        assertThat(new String(Format.RAW.render(secret, "o"), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[1]}");
        assertThat(Format.RAW.render(secret, "none")).isEmpty();
        assertThat(new String(Format.RAW.render(secretOf("{\"only\": \"x\"}"), null), StandardCharsets.UTF_8))
                .isEqualTo("x");
        assertThatThrownBy(() -> Format.RAW.render(secret, "pasword"))
                .hasMessageContaining("no field \"pasword\", did you mean \"password\"?");
        assertThatThrownBy(() -> Format.RAW.render(secret, null)).hasMessageContaining("path#field");
    }

    @Test
    void aVersionedSecretIsItsInnerData() {
        Secret secret = secretOf("{\"data\": {\"user\": \"svc\"}, \"metadata\": {\"version\": 3}}");
        assertThat(render("map", secret)).isEqualTo("user: svc\n");
    }

    @Test
    void thePeersFormatsShowWhatItsTemplatesShow() {
        Secret secret = secretOf("{\"data\": {\"user\": \"svc\", \"n\": 1.50}, \"metadata\": {\"version\": 3}}");
        assertThat(render("peer-map", secret)).isEqualTo("data: map[n:1.50 user:svc]\nmetadata: map[version:3]\n");
        assertThat(render("peer-json", secret))
                .isEqualTo("{\"data\":{\"n\":1.50,\"user\":\"svc\"},\"metadata\":{\"version\":3}}\n");
    }

    @Test
    void anUnknownFormatNamesTheKnownOnes() {
        assertThatThrownBy(() -> Format.of("xml")).hasMessageContaining("json, yaml, env, properties, raw, map");
    }
}
