package io.purser.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.bettercloud.vault.json.Json;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer of templates sees when something is wrong, and what nobody must see. */
class TemplateErrorTest {
    private static final String WORLD = "{\"vault\": {\"kv/a\": {\"data\": {\"password\": \"HIDDEN-1\", \"n\": 4711.5,"
            + " \"list\": [\"HIDDEN-2\"], \"json\": \"[HIDDEN-3\"}}}}";

    private static TemplateException failure(String template) {
        return catchThrowableOfType(
                TemplateException.class, () -> Template.parse("db.tmpl", template, TemplateOptions.DEFAULT)
                        .render(CaseContext.of(Json.parse(WORLD).asObject())));
    }

    @Test
    void anErrorPointsAtLineAndColumnWithTheLineAndACaret() {
        assertThat(failure("first\n\tpw={{ toUper \"x\" }}\n"))
                .hasMessage("db.tmpl:2:8: there is no function \"toUper\","
                        + " did you mean \"toUpper\"?\n   pw={{ toUper \"x\" }}\n         ^");
    }

    @Test
    void placeAndReasonCanBeAskedFor() {
        TemplateException failure = failure("a\nb{{ .x | nope }}");
        assertThat(failure.templateName()).isEqualTo("db.tmpl");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(10);
        assertThat(failure.reason()).startsWith("there is no function \"nope\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {{ key \"a\" }}                                             | asks Consul
            {{ nomadVar \"a\" }}                                        | asks Nomad
            {{ plugin \"ls\" }}                                         | cannot start a program
            {{ sprig_env \"A\" }}                                       | use env
            {{ sprig_genPrivateKey \"rsa\" }}                           | at each rendering
            {{ $pasword := 1 }}{{ $password }}                          | did you mean \"$pasword\"?
            {{ .Data.my-key }}                                          | U+002D
            {{ template \"a\" }}{{ define \"b\" }}x{{ end }}            | there is no template \"a\"
            {{ with secret \"kv/a\" }}{{ .password }}{{ end }}          | did you mean .Data.password?
            {{ with secret \"kv/a\" }}{{ .Dat }}{{ end }}               | did you mean \"Data\"?
            {{ if true }}                                               | an end is missing
            {{ join \",\" 5 }}                                          | a []string was expected
            {{ toUpper }}                                               | toUpper takes 1 arguments, not 0
            {{ 1i }}                                                    | imaginary numbers such as 1i are not supported
            """)
    void theSentenceSaysWhatToDo(String template, String expected) {
        assertThat(failure(template)).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ .Data.password.x }}", "{{ .Data.n | parseInt }}", "{{ print .Data.n | parseInt }}",
                "{{ .Data.password | parseJSON }}", "{{ .Data.json | parseJSON }}", "{{ .Data.json | parseYAML }}",
                "{{ .Data.password | parseBool }}", "{{ base64Decode .Data.password }}", "{{ eq .Data.password 1 }}",
                "{{ range .Data.password }}{{ end }}", "{{ index .Data.list 5 }}", "{{ add .Data.n 1 }}",
                "{{ regexMatch .Data.json \"x\" }}", "{{ index .Data .Data.list }}", "{{ .Data.n.Int64 }}",
                "{{ template \"x\" .Data }}", "{{ len .Data.n.Float64 }}", "{{ sprig_semver .Data.password }}",
                "{{ sprig_mustToDate \"2006\" .Data.password }}", "{{ sprig_fail \"stop\" }}",
                        "{{ loop .Data.password | len }}"
            })
    void noMessageShowsASecret(String action) {
        TemplateException failure = failure("{{ with secret \"kv/a\" }}" + action + "{{ end }}");
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("HIDDEN").doesNotContain("4711");
    }

    @Test
    void whatTheContextThrowsPassesThrough() {
        SourceException gone = new SourceException("the store is away");
        CaseContext context = CaseContext.of(Json.parse("{}").asObject());
        assertThatThrownBy(() -> Template.parse("t", "{{ secret \"kv/none\" }}", TemplateOptions.DEFAULT)
                        .render(context))
                .isInstanceOf(SourceException.class)
                .hasMessage("no secret exists at kv/none");
        assertThat(gone).hasMessage("the store is away");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}",
                "{{ define \"r\" }}{{ executeTemplate \"r\" }}{{ end }}{{ template \"r\" }}",
                "{{ range loop 99999999999 }}{{ end }}",
                "{{ range 99999999999 }}x{{ end }}",
                "{{ sprig_repeat 999999999 \"x\" }}",
                "{{ sprig_until 999999999 }}",
                "{{ indent 999999999 \"x\" }}",
                "{{ scratch.MapSet \"m\" \"k\" 1 }}{{ scratch.MapSet \"m\" \"m\" (scratch.Get \"m\") }}{{ scratch.Get \"m\" }}",
                "{{ range loop 99999 }}{{ sprig_repeat 100000 \"x\" }}{{ end }}",
                "{{ $s := \"x\" }}{{ range loop 99999 }}{{ $s = print $s $s }}{{ end }}",
                "{{ $d := sprig_list 1 }}{{ range loop 99 }}{{ $d = sprig_list $d $d }}{{ end }}{{ toJSON $d }}",
                "{{ $d := sprig_list 1 }}{{ range loop 60 }}{{ $d = sprig_list $d $d }}{{ end }}{{ sprig_deepCopy $d }}",
                "{{ parseJSON (sprig_repeat 5000 \"[\") }}",
                "{{ parseYAML (sprig_repeat 5000 \"[\") }}",
                "{{ range loop 999 }}{{ sprig_derivePassword 1 \"pin\" \"a\" \"b\" \"c\" }}{{ end }}"
            })
    void noTemplateRunsAway(String template) {
        assertThat(failure(template)).isNotNull();
    }

    @Test
    void aSmallStackIsEnoughForAllThatTheBoundsAllow() throws InterruptedException {
        String calls = "{{ define \"r\" }}{{ if . }}{{ range loop 1 }}"
                + "{{ executeTemplate \"r\" (sprig_sub $ 1) }}{{ end }}{{ end }}{{ end }}{{ template \"r\" DEPTH }}ok";
        AtomicReference<String> rendered = new AtomicReference<>();
        AtomicReference<TemplateException> failure = new AtomicReference<>();
        Runnable deep = () -> {
            rendered.set(Template.parse("deep", calls.replace("DEPTH", "390"), TemplateOptions.DEFAULT)
                    .render(CaseContext.of(Json.object())));
            failure.set(failure(calls.replace("DEPTH", "999")));
        };
        Thread small = new Thread(null, deep, "small", 512 << 10);
        small.start();
        small.join();
        assertThat(rendered.get()).isEqualTo("ok");
        assertThat(failure.get()).hasMessageContaining("more than 400 deep");
    }

    @Test
    void nestingIsBounded() {
        assertThat(failure("{{" + "(".repeat(5000) + "1" + ")".repeat(5000) + "}}"))
                .hasMessageContaining("parentheses");
        assertThat(failure("{{ if 1 }}".repeat(5000))).hasMessageContaining("nested blocks");
        assertThat(failure("{{ if 0 }}" + "{{ else if 0 }}".repeat(5000) + "{{ end }}"))
                .hasMessageContaining("nested blocks");
    }

    @Test
    void bytesThatAreNotTextReachTheFile() {
        byte[] bytes = Template.parse("t", "{{ base64Decode \"/wD+gA==\" }}", TemplateOptions.DEFAULT)
                .renderBytes(CaseContext.of(Json.parse("{}").asObject()));
        assertThat(bytes).containsExactly(0xff, 0x00, 0xfe, 0x80);
    }

    @Test
    void requestsAndAnswersHideTheirContent() {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("password", "HIDDEN");
        assertThat(new SecretRequest.Write("a/b", parameters)).hasToString("PUT a/b");
        assertThat(new SecretRequest.PkiCert("a/b", parameters)).hasToString("PUT a/b");
        assertThat(new SecretRequest.Write("a/b", parameters).fixtureKey()).isEqualTo("PUT a/b password=HIDDEN");
        assertThat(Secret.of(Json.parse("{\"data\": {\"a\": \"HIDDEN\"}}").asObject()))
                .hasToString("Secret[REDACTED]");
    }
}
