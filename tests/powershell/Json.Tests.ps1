BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule

    function Get-Written {
        # What the module writes for a tree, as text.
        param([System.Collections.IDictionary] $Tree)
        InModuleScope -ModuleName SpareKey -Parameters @{ Tree = $Tree } -ScriptBlock {
            Write-JsonDocument -Tree $Tree
            [System.Text.UTF8Encoding]::new($false, $true).GetString($script:Document)
        }
    }

    function Get-Read {
        # What the module reads from a text: a list of "there was an object" and the answer.
        param([string] $Text)
        InModuleScope -ModuleName SpareKey -Parameters @{ Text = $Text } -ScriptBlock {
            $script:ProgramOutput = [System.Text.Encoding]::UTF8.GetBytes($Text)
            $found = Read-Answer
            @{ Found = $found; Answer = $script:Answer }
        }
    }
}

Describe 'Write-JsonDocument' {
    It 'writes <Name>' -ForEach @(
        @{ Name = 'null'; Value = $null; Json = 'null' }
        @{ Name = 'a Boolean'; Value = $true; Json = 'true' }
        @{ Name = 'a whole number'; Value = 511000000000; Json = '511000000000' }
        @{ Name = 'the largest unsigned 64-bit number'; Value = [uint64]::MaxValue; Json = '18446744073709551615' }
        @{ Name = 'a negative number'; Value = -1; Json = '-1' }
        @{ Name = 'a byte'; Value = [byte]7; Json = '7' }
        @{ Name = 'an empty text'; Value = ''; Json = '""' }
        @{ Name = 'an empty list'; Value = @(); Json = '[]' }
        @{ Name = 'a list of one'; Value = @('a'); Json = '["a"]' }
        @{ Name = 'a list in a list'; Value = @(, @(1, 2)); Json = '[[1,2]]' }
        @{ Name = 'an empty object'; Value = @{}; Json = '{}' }
        @{ Name = 'backslashes and quotes'; Value = 'C:\"x"'; Json = '"C:\\\"x\""' }
    ) {
        Get-Written -Tree ([ordered]@{ v = $Value }) | Should -BeExactly "{`"v`":$Json}"
    }

    It 'writes every control character so that JSON can be read' {
        $text = [string]::Join('', @(0..159 | ForEach-Object -Process { [char]$_ })) + [char]0x2028 + [char]0x2029 + [char]0xFEFF
        $json = Get-Written -Tree ([ordered]@{ v = $text })
        (ConvertFrom-Json -InputObject $json).v | Should -BeExactly $text
        $json -match '[\x00-\x1f]' | Should -BeFalse
    }

    It 'writes characters beyond the basic plane, and half of one as the replacement character' {
        $key = [char]0xD83D + [string][char]0xDD11
        (ConvertFrom-Json -InputObject (Get-Written -Tree ([ordered]@{ v = "a$key" + [char]0xD83D + 'b' }))).v |
            Should -BeExactly ("a$key" + [char]0xFFFD + 'b')
    }

    It 'writes names that are no XML names: <_>' -ForEach @('Smtp.Host', 'a b', '1', '"', '\', 'xmlns', 'type', 'item', 'keys', 'Count', '__type', 'a:b', '-') {
        $read = Get-Written -Tree ([ordered]@{ $_ = 'v' }) | ConvertFrom-Json -AsHashtable
        $read.Keys | Should -BeExactly $_
        $read[$_] | Should -BeExactly 'v'
    }

    It 'puts a secret in the place of its stand-in, and only there' {
        $json = InModuleScope -ModuleName SpareKey -ScriptBlock {
            $script:Secrets['one'] = 'p"w'
            Write-JsonDocument -Tree ([ordered]@{ a = [PSCustomObject]@{ Secret = 'one' }; b = 'one'; c = @{ secret = 'one' } })
            [System.Text.Encoding]::UTF8.GetString($script:Document)
        }
        $json | Should -BeExactly '{"a":"p\"w","b":"one","c":{"secret":"one"}}'
    }
}

Describe 'Read-Answer' {
    It 'reads objects, lists, texts, numbers, Booleans and null' {
        $read = Get-Read -Text '{"o":{"a b":"x","n":-12},"l":[1,"two",null,true,[],{}],"d":1.5,"t":"\u0000\n\ud83d\udd11/","big":12345678901234567890}'
        $read.Found | Should -BeTrue
        $a = $read.Answer
        $a['o']['a b'] | Should -BeExactly 'x'
        $a['o']['n'] | Should -Be -12
        $a['l'].Count | Should -Be 6
        $a['l'][0] | Should -Be 1
        $a['l'][1] | Should -BeExactly 'two'
        $a['l'][2] | Should -BeNull
        $a['l'][3] | Should -BeTrue
        $a['l'][4].Count | Should -Be 0
        $a['l'][5].Count | Should -Be 0
        $a['d'] | Should -Be 1.5
        $a['t'] | Should -BeExactly ("`0`n" + [char]0xD83D + [char]0xDD11 + '/')
        $a['big'] | Should -Be 12345678901234567890.0
    }

    It 'reads back what Write-JsonDocument wrote' {
        $tree = [ordered]@{ name = 'a'; 'Smtp.Host' = @('x', 'y'); list = @(@{ a = $null }, @{ b = $false }) }
        $json = Get-Written -Tree $tree
        $again = (Get-Read -Text $json).Answer
        Get-Written -Tree $again | Should -BeExactly $json
    }

    It 'refuses what is no JSON object: <_>' -ForEach @('', ' ', 'x', '[1]', '"x"', '1', '{"a":', '{"a" 1}') {
        $read = Get-Read -Text $_
        $read.Found | Should -BeFalse
        $read.Answer | Should -BeNull
    }

    It 'reads a text of 5 million characters' {
        $read = Get-Read -Text ('{"a":"' + [string]::new([char]'b', 5000000) + '","c":1}')
        $read.Answer['a'].Length | Should -Be 5000000
        $read.Answer['c'] | Should -Be 1
    }
}

Describe 'ConvertTo-CommandLine' {
    # Windows' own examples of the rules, and what comes up in paths.
    It 'quotes <Argument>' -ForEach @(
        @{ Argument = 'abc'; Expected = 'abc' }
        @{ Argument = ''; Expected = '""' }
        @{ Argument = 'a b'; Expected = '"a b"' }
        @{ Argument = 'C:\Spare Key\'; Expected = '"C:\Spare Key\\"' }
        @{ Argument = 'C:\x\'; Expected = 'C:\x\' }
        @{ Argument = '\\?\a b'; Expected = '"\\?\a b"' }
        @{ Argument = 'say "x"'; Expected = '"say \"x\""' }
        @{ Argument = 'a\"b'; Expected = '"a\\\"b"' }
        @{ Argument = 'a\\"'; Expected = '"a\\\\\""' }
        @{ Argument = "a`tb"; Expected = "`"a`tb`"" }
        @{ Argument = '%PATH%&|^'; Expected = '%PATH%&|^' }
    ) {
        InModuleScope -ModuleName SpareKey -Parameters @{ Argument = $Argument } -ScriptBlock { ConvertTo-CommandLine -Argument $Argument } |
            Should -BeExactly $Expected
    }

    It 'is taken apart again as it was by a program' {
        $arguments = @('', 'a b', 'C:\Spare Key\', 'x"y\"z\\', '--in', [string][char]0xFC + [char]0x8CC7, '$HOME', '*')
        $script = [System.IO.Path]::Combine($TestDrive, 'echo.js')
        [System.IO.File]::WriteAllText($script, 'console.log(JSON.stringify(Deno.args))')
        $line = InModuleScope -ModuleName SpareKey -Parameters @{ All = @('run', '--no-config', $script) + $arguments } -ScriptBlock { ConvertTo-CommandLine -Argument $All }
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-DenoPath), $line)
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        ConvertFrom-Json -InputObject $process.StandardOutput.ReadToEnd() | Should -BeExactly $arguments
        $process.WaitForExit()
    }
}
