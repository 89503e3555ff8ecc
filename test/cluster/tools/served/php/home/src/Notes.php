<?php
namespace Tool;

class Notes
{
    private $db;

    public function __construct(string $file)
    {
        $this->db = new \PDO("sqlite:$file");
        $this->db->setAttribute(\PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION);
        $this->db->exec('create table if not exists notes (word text primary key)');
    }

    public function add(string $word): void
    {
        $this->db->prepare('insert or ignore into notes values (?)')->execute([$word]);
    }

    public function all(): array
    {
        $words = $this->db->query('select word from notes order by word')->fetchAll(\PDO::FETCH_COLUMN);
        $sums = array_map(function ($word) {
            return hexdec(hash('fnv1a32', $word));
        }, $words);
        return array_combine($words, $sums);
    }
}
