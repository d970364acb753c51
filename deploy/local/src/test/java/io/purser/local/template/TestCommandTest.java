package io.purser.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {
    @TempDir
    Path folder;

    private record Run(int code, String out) {
        String lastLine() {
            return out.lines().reduce("", (first, second) -> second);
        }
    }

    private static Run run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
        return new Run(code, out.toString());
    }

    private Run test() {
        return run(new TestCommand(), folder.toString());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void everythingBesideATemplateIsUsed() throws IOException {
        write("a/app.tmpl", "<< with secret \"kv/app\" >><< .Data.n >><< end >> << env \"E\" >> << file \"/etc/f\" >>");
        write("a/app.secrets.json", "{\"kv/app\": {\"data\": {\"n\": 1.50}}}");
        write("a/app.env.json", "{\"E\": \"e\"}");
        write("a/app.options.json", "{\"leftDelim\": \"<<\", \"rightDelim\": \">>\"}");
        write("a/app.files/etc/f", "f");
        write("a/app.expected", "1.50 e f");
        Run run = test();
        assertThat(run.lastLine()).isEqualTo("1 passed, 0 failed");
        assertThat(run.code()).isZero();
    }

    @Test
    void aDifferenceIsShownLineByLine() throws IOException {
        write("x.tmpl", "same\n{{ print 2 }} \n");
        write("x.expected", "same\n1\n");
        Run run = test();
        assertThat(run.out()).contains("FAIL", "  same", "- 1", "+ 2·");
        assertThat(run.lastLine()).isEqualTo("0 passed, 1 failed");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void aMissingNewlineAtTheEndIsSeen() throws IOException {
        write("x.tmpl", "a");
        write("x.expected", "a\n");
        assertThat(test().out()).contains("no newline at the end");
    }

    @Test
    void anErrorThatIsExpectedPasses() throws IOException {
        write("parse.tmpl", "{{ toUper 1 }}");
        write("parse.error", "the name is misspelt\ncontains: toUpper\n");
        write("secret.tmpl", "{{ secret \"kv/none\" }}");
        write("secret.error", "");
        write("strict.tmpl", "{{ (parseJSON \"{}\").a }}");
        write("strict.options.json", "{\"errorOnMissingKey\": true}");
        write("strict.error", "");
        assertThat(test().lastLine()).isEqualTo("3 passed, 0 failed");
    }

    @Test
    void anErrorOfAnotherKindOrNoErrorFails() throws IOException {
        write("other.tmpl", "{{ toUper 1 }}");
        write("other.error", "contains: no such text\n");
        write("none.tmpl", "fine");
        write("none.error", "");
        write("both.tmpl", "fine");
        Run run = test();
        assertThat(run.out())
                .contains("its message lacks [no such text]", "it should have failed", "there must be one of");
        assertThat(run.lastLine()).isEqualTo("0 passed, 3 failed");
    }

    @Test
    void requestsAreNamedAsTheyAreSent() throws IOException {
        write(
                "x.tmpl",
                "{{ range secrets \"kv\" }}{{ . }}{{ end }}{{ with secret \"pki/issue/w\" \"ttl=1h\" \"cn=a\" }}"
                        + "{{ .Data.s }}{{ end }}{{ with secret \"kv/v?version=2\" }}{{ .Data.o }}{{ end }}"
                        + "{{ with secret \"w\" \"a=b\" }}x{{ else }}empty{{ end }}");
        write(
                "x.secrets.json",
                "{\"LIST kv\": {\"data\": {\"keys\": [\"b\", \"a\"]}}, \"PUT pki/issue/w cn=a ttl=1h\":"
                        + " {\"data\": {\"s\": 7}}, \"kv/v?version=2\": {\"data\": {\"o\": \"old\"}}, \"PUT w a=b\": null}");
        write("x.expected", "ab7oldempty");
        assertThat(test().lastLine()).isEqualTo("1 passed, 0 failed");
    }

    @Test
    void aBrokenFixtureIsNamed() throws IOException {
        write("x.tmpl", "{{ secret \"a\" }}");
        write("x.secrets.json", "{\"a\": ");
        write("x.expected", "");
        assertThat(test().out()).contains("x.secrets.json:1:").contains("this is not JSON");
    }

    @Test
    void noTemplateIsAFailure() {
        Run run = test();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.lastLine()).isEqualTo("0 passed, 0 failed");
        assertThat(run(new TestCommand()).code()).isEqualTo(2);
    }

    @Test
    void renderWritesTheBytes() throws IOException {
        write("t.tmpl", "{{ with secret \"kv/a\" }}{{ .Data.b | base64Decode }}{{ env \"X\" }}{{ end }}");
        write("s.json", "{\"kv/a\": {\"data\": {\"b\": \"/w==\"}}}");
        Path out = folder.resolve("out");
        Run run = run(
                new RenderCommand(),
                "--secrets",
                folder.resolve("s.json").toString(),
                "--env",
                "X=y",
                "-o",
                out.toString(),
                folder.resolve("t.tmpl").toString());
        assertThat(run.code()).isZero();
        assertThat(Files.readAllBytes(out)).containsExactly(0xff, 'y');
    }

    @Test
    void renderSaysWhatIsWrong() throws IOException {
        write("t.tmpl", "{{ secret \"kv/ap\" }}");
        write("s.json", "{\"kv/app\": {\"data\": {}}}");
        String template = folder.resolve("t.tmpl").toString();
        Run missing =
                run(new RenderCommand(), "--secrets", folder.resolve("s.json").toString(), template);
        assertThat(missing.out()).contains("no secret exists at \"kv/ap\", did you mean \"kv/app\"?");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(run(new RenderCommand(), template).code()).isEqualTo(2);
        assertThat(run(new RenderCommand(), "--vault", "http://127.0.0.1:1", template)
                        .code())
                .isEqualTo(2);
        write("token", "t");
        Run unreachable = run(
                new RenderCommand(),
                "--vault",
                "http://127.0.0.1:1",
                "--token-file",
                folder.resolve("token").toString(),
                template);
        assertThat(unreachable.code()).isEqualTo(3);
    }
}
